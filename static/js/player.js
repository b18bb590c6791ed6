/* The player of YouTube, made only when somebody asks for it: before that nothing is requested from Google.
   Without this script the same places are links to YouTube. */
(() => {
  "use strict";

  const video = document.querySelector("[data-player]");
  if (!video) return;
  const screen = video.querySelector(".recording__screen");
  const bar = video.querySelector(".recording__bar");
  const start = video.querySelector("[data-player-start]");
  let frame = null;

  function play(second) {
    const player = document.createElement("iframe");
    player.src = `${video.dataset.player}?autoplay=1&rel=0&start=${second}`;
    player.title = video.dataset.playerTitle;
    player.className = "recording__frame";
    player.referrerPolicy = "strict-origin-when-cross-origin";
    player.allow = "autoplay; fullscreen; encrypted-media";
    player.allowFullscreen = true;
    if (frame) frame.replaceWith(player);
    else screen.replaceChildren(player);
    frame = player;
    bar.hidden = true;
    player.scrollIntoView({ block: "nearest" });
    player.focus();
  }

  video.querySelector("[data-player-link]").hidden = true;
  start.hidden = false;
  start.addEventListener("click", () => play(0));

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-player-second]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab goes to YouTube itself
    event.preventDefault();
    document.querySelectorAll("[data-player-second][aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    play(Number(link.dataset.playerSecond));
  });
})();
