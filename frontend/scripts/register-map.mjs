// The participation matrix on a map. It shows what the table says; without it nothing is lost.
const place = document.getElementById("register-map");
const colours = {
  in: "#0f6b6b",
  partial: "#4f9a94",
  "as-tasked": "#2f5d8a",
  planned: "#b8860b",
  exploring: "#d8b04c",
  linked: "#8a8f94",
};

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
  for (const feature of shapes.features) {
    const found = areas.forces[feature.properties.force];
    feature.properties.colour = found ? colours[found.status] : "#e8eaeb";
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
        { id: "sea", type: "background", paint: { "background-color": "#f5f8f8" } },
        { id: "areas", type: "fill", source: "forces", paint: { "fill-color": ["get", "colour"], "fill-opacity": 0.9 } },
        { id: "borders", type: "line", source: "forces", paint: { "line-color": "#ffffff", "line-width": 1.2 } },
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
