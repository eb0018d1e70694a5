// Who is located, on a map that can be moved. It shows what the drawing and the table say; without
// it nothing is lost. The live board replaces its element: the map is drawn again then.
const AREAS = { "type": "FeatureCollection", "features": [] };
let shapes = null;

const LINE = 24; // pixels: a line of a pin, and how wide pins are
const WIDE = 135;
const MOST = 4; // lines of a pin
const NARROW = 500; // on a narrower map a pin is one line, a call sign or how many
const SMALL = 70;

function points(plain) {
  return [...plain.querySelectorAll("[data-longitude]")].map((each) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [Number(each.dataset.longitude), Number(each.dataset.latitude)] },
    properties: { words: each.dataset.words, availability: each.dataset.availability },
  }));
}

function bounds(features) {
  const box = [180, 90, -180, -90];
  for (const { geometry } of features) {
    const [x, y] = geometry.coordinates;
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

function isNarrow(map) {
  return map.getContainer().clientWidth < NARROW;
}

function meet(one, other, narrow) {
  const height = ({ some }) => LINE * (narrow ? 1 : Math.min(some.length, MOST)) + 4;
  return (
    Math.abs(one.x - other.x) < (narrow ? SMALL : WIDE) && one.y < other.y + height(other) && other.y < one.y + height(one)
  );
}

function grouped(map, features) {
  let groups = [];
  for (const each of features) {
    let made = { ...map.project(each.geometry.coordinates), at: each.geometry.coordinates, some: [each] };
    // A group that has grown may meet others.
    for (let met = true; met; ) {
      const near = groups.find((group) => meet(group, made, isNarrow(map)));
      met = Boolean(near);
      if (near) {
        groups = groups.filter((group) => group !== near);
        made = { ...near, some: [...near.some, ...made.some] };
      }
    }
    groups.push(made);
  }
  return groups;
}

function line(text, availability) {
  const found = document.createElement("span");
  found.className = "cf-pin__line";
  const key = document.querySelector(`#duty-map-keys [data-key="${availability}"] svg`);
  if (key) found.append(key.cloneNode(true));
  found.append(text);
  return found;
}

function lines(some, narrow) {
  if (narrow && some.length > 1) return [line(`${some.length}`, "several")];
  const shown = some.length > MOST ? some.slice(0, MOST - 1) : some;
  const found = shown.map(({ properties }) => line(properties.words, properties.availability));
  return shown.length < some.length ? [...found, line(`and ${some.length - shown.length} more`, "several")] : found;
}

function pin(some, narrow) {
  const made = document.createElement("div");
  made.className = "cf-pin";
  made.append(...lines(some, narrow));
  made.title = some.map(({ properties }) => properties.words).join(", ");
  return made;
}

// Pins that would cover each other are one, with a line for each; nearer to, they come apart.
function marked(map, features) {
  let pins = [];
  const put = () => {
    for (const each of pins) each.remove();
    pins = grouped(map, features).map(({ at, some }) =>
      new maplibregl.Marker({ element: pin(some, isNarrow(map)), anchor: "top-left" }).setLngLat(at).addTo(map),
    );
  };
  put();
  map.on("zoomend", put);
  map.on("resize", put);
}

async function draw(place, plain) {
  shapes ??= await fetch(place.dataset.shapes, { credentials: "same-origin" }).then((answer) =>
    answer.ok ? answer.json() : AREAS,
  );
  const features = points(plain);
  place.hidden = false;
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", place.dataset.label);
  maplibregl.setWorkerUrl(place.dataset.worker);
  const map = new maplibregl.Map({
    container: place,
    bounds: bounds(features),
    fitBoundsOptions: {
      padding: place.clientWidth < NARROW
        ? { top: 20, bottom: 90, left: 15, right: 80 }
        : { top: 40, bottom: 90, left: 40, right: 120 },
      maxZoom: 10,
    },
    attributionControl: { customAttribution: "Source: Office for National Statistics, OGL v3.0. Contains OS data © Crown copyright" },
    cooperativeGestures: true,
    style: {
      version: 8,
      sources: { forces: { type: "geojson", data: shapes } },
      layers: [
        { id: "sea", type: "background", paint: { "background-color": "#e4ecee" } },
        {
          id: "areas",
          type: "fill",
          source: "forces",
          paint: { "fill-color": ["case", ["in", ["get", "force"], ["literal", place.dataset.ours.split(" ")]], "#d9e8ea", "#ffffff"] },
        },
        { id: "borders", type: "line", source: "forces", paint: { "line-color": "#5c7f85", "line-width": 1 } },
      ],
    },
  });
  map.getCanvas().setAttribute("tabindex", "-1");
  marked(map, features);
  plain.classList.add("cf-printed");
  map.once("idle", () => place.setAttribute("data-drawn", ""));
}

function look() {
  const place = document.getElementById("duty-map");
  const plain = document.getElementById("duty-map-plain");
  if (!place || !plain || !place.hidden || typeof maplibregl === "undefined") return;
  draw(place, plain).catch((error) => {
    place.hidden = true;
    plain.classList.remove("cf-printed");
    console.warn(error);
  });
}

look();
const board = document.getElementById("duty-board");
if (board) new MutationObserver(look).observe(board, { childList: true });
