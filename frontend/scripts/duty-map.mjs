// Who is located, on a map that can be moved. It shows what the drawing and the table say; without
// it nothing is lost. The live board replaces its element: the map stays, its pins are put anew.
const AREAS = { "type": "FeatureCollection", "features": [] };
let shapes = null;
let map = null;
let features = [];
let pins = [];

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

// Whom a pin has no lines for: how many they are, and who, when it is opened.
function more(rest, text) {
  const made = document.createElement("details");
  made.className = "cf-pin__more";
  const summary = document.createElement("summary");
  summary.append(line(text, "several"));
  made.append(summary, ...rest.map(({ properties }) => line(properties.words, properties.availability)));
  return made;
}

function lines(some, narrow) {
  if (narrow && some.length > 1) return [more(some, `${some.length}`)];
  const shown = some.length > MOST ? some.slice(0, MOST - 1) : some;
  const found = shown.map(({ properties }) => line(properties.words, properties.availability));
  const rest = some.slice(shown.length);
  return rest.length ? [...found, more(rest, `and ${rest.length} more`)] : found;
}

function pin(some, narrow) {
  const made = document.createElement("div");
  made.className = "cf-pin";
  made.append(...lines(some, narrow));
  made.title = some.map(({ properties }) => properties.words).join(", ");
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", made.title);
  return made;
}

// Pins that would cover each other are one, with a line for each; nearer to, they come apart.
function put() {
  const opened = new Set(pins.map((each) => each.getElement()).filter(isOpen).map((each) => each.title));
  for (const each of pins) each.remove();
  pins = grouped(map, features).map(({ at, some }) => {
    const element = pin(some, isNarrow(map));
    if (opened.has(element.title)) element.querySelector("details")?.setAttribute("open", "");
    return new maplibregl.Marker({ element, anchor: "top-left" }).setLngLat(at).addTo(map);
  });
  map.getContainer().dataset.pins = isNarrow(map) ? "narrow" : "wide";
}

function isOpen(element) {
  return Boolean(element.querySelector("[open]"));
}

function colours(ours) {
  return ["case", ["in", ["get", "force"], ["literal", ours.split(" ")]], "#d9e8ea", "#ffffff"];
}

async function draw(place) {
  shapes ??= await fetch(place.dataset.shapes, { credentials: "same-origin" }).then((answer) =>
    answer.ok ? answer.json() : AREAS,
  );
  if (!place.isConnected) return; // another has come in its place meanwhile
  place.hidden = false;
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", place.dataset.label);
  maplibregl.setWorkerUrl(place.dataset.worker);
  map = new maplibregl.Map({
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
          paint: { "fill-color": colours(place.dataset.ours) },
        },
        { id: "borders", type: "line", source: "forces", paint: { "line-color": "#5c7f85", "line-width": 1 } },
      ],
    },
  });
  map.getCanvas().setAttribute("tabindex", "-1");
  map.on("zoomend", put);
  map.on("resize", put);
  put();
  map.once("idle", () => place.setAttribute("data-drawn", ""));
}

// The map that stands already is put in place of the new element: where one looked, one goes on looking.
function keep(place) {
  const [before, now] = [map.getContainer(), place.dataset.ours];
  place.replaceWith(before);
  if (before.dataset.ours !== now) {
    before.dataset.ours = now;
    map.setPaintProperty("areas", "fill-color", colours(now));
  }
  put();
}

function look() {
  const place = document.getElementById("duty-map");
  const plain = document.getElementById("duty-map-plain");
  if (!place || !plain || !place.hidden || typeof maplibregl === "undefined") return;
  features = points(plain);
  if (map) {
    plain.classList.add("cf-printed");
    keep(place);
    return;
  }
  draw(place)
    .then(() => plain.classList.add("cf-printed"))
    .catch((error) => {
      map = null;
      place.hidden = true;
      console.warn(error);
    });
}

look();
const board = document.getElementById("duty-board");
if (board) new MutationObserver(look).observe(board, { childList: true });
