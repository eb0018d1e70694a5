// Who is located, on a map that can be moved. It shows what the drawing and the table say; without
// it nothing is lost. The live board replaces its element: the map is drawn again then.
const AREAS = { "type": "FeatureCollection", "features": [] };
let shapes = null;

function points(plain) {
  return [...plain.querySelectorAll("[data-longitude]")].map((each) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [Number(each.dataset.longitude), Number(each.dataset.latitude)] },
    properties: {
      words: each.dataset.words,
      colour: getComputedStyle(each.querySelector("circle")).fill,
    },
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

function marked(map, features) {
  for (const each of features) {
    const mark = document.createElement("div");
    mark.className = "cf-pin";
    mark.textContent = each.properties.words;
    mark.style.setProperty("border-left-color", each.properties.colour);
    new maplibregl.Marker({ element: mark, anchor: "left" }).setLngLat(each.geometry.coordinates).addTo(map);
  }
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
    fitBoundsOptions: { padding: 60, maxZoom: 11 },
    attributionControl: { customAttribution: "Source: Office for National Statistics, OGL v3.0. Contains OS data © Crown copyright" },
    cooperativeGestures: true,
    style: {
      version: 8,
      sources: { forces: { type: "geojson", data: shapes } },
      layers: [
        { id: "sea", type: "background", paint: { "background-color": "#e4ecee" } },
        { id: "areas", type: "fill", source: "forces", paint: { "fill-color": "#ffffff" } },
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
