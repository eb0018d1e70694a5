// The participation matrix on a map. It shows what the table says; without it nothing is lost.
const place = document.getElementById("register-map");
const legend = document.getElementById("register-legend");

// The legend's marks and the map have the same colours: those that the style sheet gives the marks.
function coloursOfTheLegend() {
  const marks = legend ? [...legend.querySelectorAll("[data-status]")] : [];
  return Object.fromEntries(marks.map((mark) => [mark.dataset.status, getComputedStyle(mark).backgroundColor]));
}

async function fetched(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

function bounds(features) {
  const box = [180, 90, -180, -90];
  const walk = (point) => {
    if (typeof point[0] !== "number") return point.forEach(walk);
    box[0] = Math.min(box[0], point[0]);
    box[1] = Math.min(box[1], point[1]);
    box[2] = Math.max(box[2], point[0]);
    box[3] = Math.max(box[3], point[1]);
  };
  features.forEach((feature) => walk(feature.geometry.coordinates));
  return box;
}

async function draw() {
  const [areas, shapes] = await Promise.all([fetched(place.dataset.areas), fetched(place.dataset.shapes)]);
  for (const line of legend?.querySelectorAll("[data-map-only]") ?? []) line.hidden = false;
  const colours = coloursOfTheLegend();
  for (const feature of shapes.features) {
    const found = areas.forces[feature.properties.force];
    feature.properties.colour = colours[found ? found.status : "none"] ?? "#ffffff";
    feature.properties.takesPart = Boolean(found);
  }
  const inside = shapes.features.filter((feature) => feature.properties.takesPart);
  place.hidden = false;
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", place.dataset.label);
  maplibregl.setWorkerUrl(place.dataset.worker);
  const map = new maplibregl.Map({
    container: place,
    bounds: bounds(inside.length ? inside : shapes.features),
    fitBoundsOptions: { padding: 24 },
    attributionControl: { customAttribution: "Source: Office for National Statistics, OGL v3.0. Contains OS data © Crown copyright" },
    cooperativeGestures: true,
    style: {
      version: 8,
      sources: { forces: { type: "geojson", data: shapes } },
      layers: [
        { id: "sea", type: "background", paint: { "background-color": "#e4ecee" } },
        { id: "areas", type: "fill", source: "forces", paint: { "fill-color": ["get", "colour"], "fill-opacity": 1 } },
        { id: "borders", type: "line", source: "forces", paint: { "line-color": "#5c7f85", "line-width": 1 } },
      ],
    },
  });
  map.getCanvas().setAttribute("tabindex", "-1");
  map.once("idle", () => place.setAttribute("data-drawn", ""));
}

if (place && typeof maplibregl !== "undefined") {
  draw().catch((error) => {
    place.hidden = true;
    console.warn(error);
  });
}
