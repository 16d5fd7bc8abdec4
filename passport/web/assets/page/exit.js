// Away from here at once: by the link at the top, or by pressing Escape three times.
// The page that was open is replaced, so that "back" does not lead to it.

export function wireExit() {
  const link = document.querySelector("[data-exit]");
  const leave = () => {
    document.body.hidden = true;
    document.title = "";
    navigator.sendBeacon("/leave");
    location.replace(link.dataset.exit);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let times = [];
  addEventListener("keydown", ({ key, repeat, timeStamp }) => {
    if (repeat) return;
    times = key === "Escape" ? [timeStamp, ...times] : [];
    if (timeStamp - times[2] < 3000) leave();
  });
}
