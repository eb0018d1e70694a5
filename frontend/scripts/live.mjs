// Keeps the part of a page current that a line of kernel/macros/live.html names. What can no longer be
// kept current is taken from the screen: a board that may be wrong is worse than none.
const QUIET = 40_000; // no sign of life for so long: the way is lost
const STALE = 30_000; // lost for so long: what is shown is taken away
const AGAIN = [2_000, 5_000, 15_000, 30_000, 60_000];
const ANNOUNCED = 30_000; // a change is read out no more often than this
const FOR_GOOD = new Set(["signed-out", "posting", "fault"]);

const line = document.querySelector("[data-live]");
const part = line && document.getElementById(line.dataset.livePart);
if (line && part && "EventSource" in window) follow(line, part);

function follow(line, part) {
  const state = line.querySelector("[data-live-state]");
  const aloud = line.querySelector("[role=status]");
  const pause = line.querySelector("[data-live-pause]");
  const words = line.dataset;
  let source, quiet, stale, retry;
  let failures = 0;
  let announced = 0;
  let isPaused = false;
  let isOver = false;
  let held = null;
  let lost = "";

  const now = () => new Date().toLocaleTimeString("en-GB");

  function say(how, text, isAloud = true) {
    line.dataset.state = how;
    state.textContent = text;
    if (isAloud) aloud.textContent = text;
  }

  function empty(text, link = words.wordRefresh) {
    held = null;
    const told = document.createElement("p");
    told.className = "govuk-inset-text";
    told.textContent = `${text} `;
    const again = document.createElement("a");
    again.className = "govuk-link";
    again.href = location.href;
    again.textContent = link;
    told.append(again);
    part.replaceChildren(told);
    aloud.textContent = text;
  }

  function live() {
    clearTimeout(stale);
    failures = 0;
    lost = "";
    clearTimeout(quiet);
    quiet = setTimeout(lose, QUIET);
  }

  function open() {
    source = new EventSource(words.live, { withCredentials: true });
    source.addEventListener("beat", live);
    source.addEventListener("picture", (event) => {
      live();
      picture(JSON.parse(event.data).html);
    });
    source.addEventListener("end", (event) => end(JSON.parse(event.data).why));
    source.addEventListener("error", () => {
      if (!isOver) lose();
    });
  }

  function lose() {
    if (isOver) return;
    const wasRefused = source.readyState === EventSource.CLOSED;
    source.close();
    clearTimeout(quiet);
    clearTimeout(retry);
    if (!lost) {
      lost = now();
      stale = setTimeout(() => empty(words.wordStale.replace("{at}", lost)), STALE);
    }
    say("lost", words.wordLost.replace("{at}", lost));
    retry = setTimeout(open, AGAIN[Math.min(failures, AGAIN.length - 1)]);
    failures += 1;
    if (wasRefused) askWhy();
  }

  // A stream that is refused does not say why: somebody who is signed out is to be told so.
  async function askWhy() {
    const asking = new AbortController();
    try {
      const answer = await fetch(words.live, { credentials: "include", signal: asking.signal });
      if (answer.status === 401) end("signed-out");
    } catch {
      // no way through: it is tried again anyway
    } finally {
      asking.abort();
    }
  }

  function end(why) {
    if (isOver) return;
    if (!FOR_GOOD.has(why)) {
      lose();
      return;
    }
    isOver = true;
    source.close();
    for (const timer of [quiet, stale, retry]) clearTimeout(timer);
    pause.hidden = true;
    if (why === "signed-out") empty(words.wordSignedOut.replace("{at}", now()), words.wordSignIn);
    else empty(why === "fault" ? words.wordFault : words.wordEnded);
    say("ended", words.wordOver);
  }

  function picture(html) {
    if (isPaused) {
      held = html;
      takeAway(html);
      return;
    }
    show(html);
    const at = now();
    const isAloud = Date.now() - announced > ANNOUNCED;
    if (isAloud) announced = Date.now();
    say("live", words.wordLive.replace("{at}", at), isAloud);
  }

  function show(html) {
    const focused = part.contains(document.activeElement) ? described(document.activeElement) : null;
    const opened = [...part.querySelectorAll("details[id]")].map((each) => [each.id, each.open]);
    const slid = [...part.querySelectorAll("[role=region]")].map((each) => each.scrollLeft);
    part.innerHTML = html;
    part.querySelectorAll("[role=region]").forEach((each, at) => {
      each.scrollLeft = slid[at] ?? 0;
    });
    for (const [id, isOpen] of opened) document.getElementById(id)?.toggleAttribute("open", isOpen);
    if (focused) found(focused)?.focus({ preventScroll: true });
  }

  // While paused nothing moves, but who is gone from the picture is gone from the screen.
  function takeAway(html) {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const kept = new Set([...fresh.content.querySelectorAll("[data-entry]")].map((row) => row.dataset.entry));
    const rows = [...part.querySelectorAll("[data-entry]")];
    if (!rows.length || !kept.size) {
      show(html);
      held = null;
      return;
    }
    for (const row of rows) if (!kept.has(row.dataset.entry)) row.remove();
  }

  function described(element) {
    const href = element.getAttribute("href");
    const alike = href ? [...part.querySelectorAll(`a[href="${CSS.escape(href)}"]`)] : [];
    return { id: element.id, href, place: alike.indexOf(element) };
  }

  function found({ id, href, place }) {
    if (id) return document.getElementById(id);
    return href ? part.querySelectorAll(`a[href="${CSS.escape(href)}"]`)[place] : null;
  }

  pause.addEventListener("click", () => {
    isPaused = !isPaused;
    pause.textContent = isPaused ? words.wordGoOn : words.wordPause;
    if (isPaused) {
      say("paused", words.wordPaused.replace("{at}", now()));
    } else {
      if (held !== null) show(held);
      held = null;
      say("live", words.wordLive.replace("{at}", now()));
    }
  });

  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted && !isOver) open();
  });

  line.hidden = false;
  say("opening", words.wordOpening, false);
  open();
}
