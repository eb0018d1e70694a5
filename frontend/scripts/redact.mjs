// Boxes over a picture, kept as lines of numbers in the form: drawn with a pointer, moved with keys. The lines are what counts.
const STEP = 1;
const LEAST = 0.5;
const SPAN = 5;

for (const part of document.querySelectorAll("[data-redact]")) {
  const lines = document.getElementById(part.dataset.redact);
  const sheet = part.querySelector("[data-sheet]");
  const page = part.dataset.page;
  const moment = Number(part.dataset.moment);
  const isFilm = "moment" in part.dataset;
  for (const each of part.querySelectorAll("[data-scripted]")) each.hidden = false;

  const rounded = (number) => Math.round(number * 100) / 100;
  const within = (number, most) => Math.min(Math.max(number, 0), most);
  const written = () => lines.value.split("\n").filter((line) => line.trim());
  const numbers = (line) => line.trim().split(/[\s,;]+/).map(Number);
  const isHere = (row) => {
    if (!row.every(Number.isFinite)) return false;
    if (isFilm) return row.length === 6 && row[0] <= moment && moment < row[1];
    return page ? row.length === 5 && row[0] === Number(page) : row.length === 4;
  };
  const box = (row) => row.slice(-4);
  const lasts = Number(part.dataset.lasts) || moment + SPAN;
  const begun = () => (isFilm ? [moment, Math.max(rounded(Math.min(moment + SPAN, lasts)), moment + 0.1)] : page ? [page] : []);
  const line = (values, before) => [...before, ...values.map(rounded)].join(" ");

  const put = (rows, focused) => {
    lines.value = rows.join("\n");
    draw(focused);
  };

  const change = (place, values) => {
    const [left, top, width, height] = values;
    const across = within(Math.max(width, LEAST), 100);
    const down = within(Math.max(height, LEAST), 100);
    const rows = written();
    rows[place] = line([within(left, 100 - across), within(top, 100 - down), across, down], numbers(rows[place]).slice(0, -4));
    put(rows, place);
  };

  const keyed = (event, place, [left, top, width, height]) => {
    const moves = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      put(written().filter((_, at) => at !== place));
      lines.focus();
    } else if (moves[event.key]) {
      event.preventDefault();
      const [x, y] = moves[event.key];
      change(place, event.shiftKey ? [left, top, width + x, height + y] : [left + x, top + y, width, height]);
    }
  };

  const draw = (focused) => {
    for (const each of sheet.querySelectorAll("button")) each.remove();
    written().forEach((text, place) => {
      const row = numbers(text);
      if (!isHere(row)) return;
      const values = box(row);
      const [left, top, width, height] = values;
      const drawn = document.createElement("button");
      drawn.type = "button";
      drawn.className = "cf-redact__box";
      drawn.setAttribute("aria-label", `Box in line ${place + 1}: left ${left}, top ${top}, width ${width}, height ${height} per cent`);
      drawn.style.left = `${left}%`;
      drawn.style.top = `${top}%`;
      drawn.style.width = `${width}%`;
      drawn.style.height = `${height}%`;
      drawn.addEventListener("keydown", (event) => keyed(event, place, values));
      sheet.append(drawn);
      if (place === focused) drawn.focus();
    });
  };

  const add = (values) => {
    const rows = [...written(), line(values, begun())];
    put(rows, rows.length - 1);
  };

  const at = (event) => {
    const area = sheet.getBoundingClientRect();
    return [
      within((100 * (event.clientX - area.left)) / area.width, 100),
      within((100 * (event.clientY - area.top)) / area.height, 100),
    ];
  };

  let from = null;
  sheet.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button")) return;
    event.preventDefault();
    from = at(event);
    sheet.setPointerCapture(event.pointerId);
  });
  sheet.addEventListener("pointerup", (event) => {
    if (!from) return;
    const [x, y] = at(event);
    const values = [Math.min(x, from[0]), Math.min(y, from[1]), Math.abs(x - from[0]), Math.abs(y - from[1])];
    from = null;
    if (values[2] >= LEAST && values[3] >= LEAST) add(values);
  });

  part.querySelector("[data-add]").addEventListener("click", () => add([40, 40, 20, 20]));
  lines.addEventListener("input", () => draw());
  draw();
}

for (const take of document.querySelectorAll("[data-take]")) {
  take.parentElement.hidden = false;
  take.addEventListener("click", () => {
    const field = document.getElementById(take.dataset.take);
    field.value = Math.round(document.querySelector("[data-film]").currentTime * 1000) / 1000;
    field.focus();
  });
}
