// An original and what is noted on it: a film or sound is worked by buttons and keys, notes stand as captions and areas at their
// places, and a new note takes the moment or area that is shown. Without it the page says the same, and the browser plays.
const part = document.querySelector("[data-view]");
const FRAME = 1 / 25; // until the film has shown how long a frame of it lasts
const LEAST = 0.5;
const SPEEDS = [0.1, 0.25, 0.5, 1, 1.5, 2, 4, 8];

if (part) {
  const sheet = part.querySelector("[data-sheet]");
  const media = part.querySelector("video, audio");
  const film = part.querySelector("video");
  const place = document.getElementById("id_place");
  const text = document.getElementById("id_text");
  const time = part.querySelector("[data-time]");
  const speed = part.querySelector("[data-speed]");
  const notes = [...document.querySelectorAll("[data-note]")].map((element) => ({
    element,
    number: element.dataset.note,
    words: element.dataset.words,
    start: element.dataset.start === undefined ? null : Number(element.dataset.start),
    end: element.dataset.end === undefined ? null : Number(element.dataset.end),
    box: element.dataset.box?.split(" ").map(Number),
  }));
  let frame = FRAME;
  for (const each of document.querySelectorAll("[data-player]")) each.hidden = false;

  const shown = (seconds) => {
    const thousandths = Math.round(seconds * 1000);
    const two = (number) => String(number).padStart(2, "0");
    const [hours, minutes] = [Math.floor(thousandths / 3600000), Math.floor(thousandths / 60000) % 60];
    const rest = `${two(minutes)}:${two(Math.floor(thousandths / 1000) % 60)}.${String(thousandths % 1000).padStart(3, "0")}`;
    return hours ? `${hours}:${rest}` : rest;
  };
  const rounded = (number) => Math.round(number * 100) / 100;
  const within = (number, most) => Math.min(Math.max(number, 0), most);
  const isNow = ({ start, end }) => start === null || (media.currentTime >= start - 0.001 && media.currentTime <= (end ?? start + 3));

  const lay = (element, [left, top, width, height]) => {
    Object.assign(element.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
  };

  const areas = notes.filter(({ box }) => box).map((note) => {
    const drawn = document.createElement("div");
    drawn.className = "cf-view__area";
    drawn.title = note.words;
    drawn.append(Object.assign(document.createElement("span"), { textContent: note.number }));
    lay(drawn, note.box);
    sheet.append(drawn);
    return { ...note, drawn };
  });

  // What is asked in the form: the moments first, then the area, as the rules read it.
  const asked = () => {
    const parts = (place?.value ?? "").trim().split(/[\s,;]+/).filter(Boolean);
    const box = parts.length >= 4 ? parts.splice(-4).map(Number) : null;
    return { moments: parts, box: box?.every(Number.isFinite) ? box : null };
  };
  const ask = ({ moments, box }) => {
    place.value = [...moments, ...(box ? box.map(rounded) : [])].join(" ");
    draw();
  };

  let drawn = null;
  const draw = () => {
    const { box } = asked();
    if (!box || part.dataset.view === "audio") {
      drawn?.remove();
      drawn = null;
      return;
    }
    if (!drawn) {
      drawn = document.createElement("button");
      drawn.type = "button";
      drawn.className = "cf-view__asked";
      drawn.addEventListener("keydown", keyed);
      sheet.append(drawn);
    }
    drawn.setAttribute("aria-label", `Area of the note: left ${box[0]}, top ${box[1]}, width ${box[2]}, height ${box[3]} per cent. Arrow keys move it, with Shift they make it larger or smaller.`);
    lay(drawn, box);
  };
  const change = ([left, top, width, height]) => {
    const [across, down] = [within(Math.max(width, LEAST), 100), within(Math.max(height, LEAST), 100)];
    ask({ moments: moments(), box: [within(left, 100 - across), within(top, 100 - down), across, down] });
  };
  const moments = () => {
    const found = asked().moments;
    return film && !found.length ? [String(Math.round(media.currentTime * 1000) / 1000)] : found;
  };
  function keyed(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const [left, top, width, height] = asked().box;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      ask({ moments: asked().moments, box: null });
      place.focus();
    } else if (moves[event.key]) {
      event.preventDefault();
      const [x, y] = moves[event.key];
      change(event.shiftKey ? [left, top, width + x, height + y] : [left + x, top + y, width, height]);
    }
  }

  // An area is drawn with the pointer once it is asked for, so that the film keeps its own controls otherwise.
  let from = null;
  const at = (event) => {
    const room = sheet.getBoundingClientRect();
    return [within((100 * (event.clientX - room.left)) / room.width, 100), within((100 * (event.clientY - room.top)) / room.height, 100)];
  };
  sheet.addEventListener("pointerdown", (event) => {
    if (!sheet.classList.contains("cf-view__sheet--drawn") || event.target === drawn) return;
    event.preventDefault();
    from = at(event);
    sheet.setPointerCapture(event.pointerId);
  });
  sheet.addEventListener("pointerup", (event) => {
    if (!from) return;
    const [x, y] = at(event);
    const box = [Math.min(x, from[0]), Math.min(y, from[1]), Math.abs(x - from[0]), Math.abs(y - from[1])];
    from = null;
    if (box[2] >= LEAST && box[3] >= LEAST) {
      sheet.classList.remove("cf-view__sheet--drawn");
      change(box);
      drawn?.focus();
    }
  });

  const here = () => Math.round(media.currentTime * 1000) / 1000;
  const step = (seconds) => {
    media.currentTime = within(media.currentTime + seconds, media.duration || Infinity);
  };
  const quicker = (by) => {
    const now = SPEEDS.indexOf(media.playbackRate);
    media.playbackRate = SPEEDS[within((now < 0 ? SPEEDS.indexOf(1) : now) + by, SPEEDS.length - 1)];
  };
  const does = {
    play: () => (media.paused ? media.play() : media.pause()),
    back: () => step(-10),
    on: () => step(10),
    "frame-back": () => (media.pause(), step(-frame)),
    "frame-on": () => (media.pause(), step(frame)),
    here: () => {
      media.pause();
      ask({ moments: [String(here())], box: asked().box });
      text.focus();
    },
    until: () => {
      const [begin] = asked().moments;
      ask({ moments: [begin ?? "0", String(here())], box: asked().box });
      text.focus();
    },
    area: () => {
      media?.pause();
      sheet.classList.add("cf-view__sheet--drawn");
      change(asked().box ?? [40, 40, 20, 20]);
      drawn?.focus();
    },
  };
  // A still or clip takes the moment that is shown; its form stands further down, and is opened.
  const span = document.getElementById("id_span");
  does["cut-here"] = () => {
    media.pause();
    span.value = shown(here());
    span.focus();
  };
  does["cut-until"] = () => {
    media.pause();
    const [begin] = span.value.trim().split(/[\s,;]+/);
    span.value = `${begin || shown(0)} ${shown(here())}`;
    span.focus();
  };
  const keys = { k: "play", j: "back", l: "on", n: "here", ...(film ? { ",": "frame-back", ".": "frame-on" } : {}) };

  for (const each of document.querySelectorAll("[data-do]")) each.addEventListener("click", () => does[each.dataset.do]());
  place?.addEventListener("input", draw);

  if (media) {
    const track = media.addTextTrack("captions", "Notes", "en");
    track.mode = "showing";
    for (const { start, end, number, words } of notes) {
      if (start !== null) track.addCue(new VTTCue(start, end ?? start + 3, `${number}. ${words}`));
    }
    const tell = () => {
      time.textContent = shown(media.currentTime);
      for (const each of areas) each.drawn.hidden = !isNow(each);
      for (const each of notes) each.element.classList.toggle("cf-notes__one--now", each.start !== null && isNow(each));
    };
    for (const name of ["timeupdate", "seeked", "loadedmetadata"]) media.addEventListener(name, tell);
    const playing = () => {
      part.querySelector('[data-do="play"]').textContent = media.paused ? "Play" : "Stop";
    };
    media.addEventListener("play", playing);
    media.addEventListener("pause", playing);
    media.addEventListener("ratechange", () => {
      speed.value = String(media.playbackRate);
    });
    speed.addEventListener("change", () => {
      media.playbackRate = Number(speed.value);
    });
    part.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target === speed || event.target === drawn) return;
      const name = keys[event.key.toLowerCase()];
      if (name && (name !== "here" || place)) does[name]();
      else if (event.key === "-") quicker(-1);
      else if (event.key === "+") quicker(1);
      else return;
      event.preventDefault();
    });
    // How long a frame lasts the film itself tells, as it plays.
    let before = null;
    const seen = (_, { mediaTime }) => {
      const lasted = before === null ? 0 : mediaTime - before;
      if (lasted > 0.004 && lasted < 0.2 && media.playbackRate <= 1) frame = frame === FRAME ? lasted : Math.min(frame, lasted);
      before = mediaTime;
      film.requestVideoFrameCallback(seen);
    };
    film?.requestVideoFrameCallback?.(seen);
    for (const { element, start } of notes.filter((each) => each.start !== null)) {
      const where = element.querySelector("[data-where]");
      const button = Object.assign(document.createElement("button"), { type: "button", className: "cf-view__goto", textContent: where.textContent });
      button.addEventListener("click", () => {
        media.pause();
        media.currentTime = start;
        media.scrollIntoView({ block: "nearest" });
      });
      where.replaceWith(button);
    }
    tell();
  }
  draw();
}
