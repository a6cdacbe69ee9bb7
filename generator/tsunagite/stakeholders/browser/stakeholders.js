// Buttons that make a map of relations larger and smaller. Without this script it is drawn in its own size and scrolls.

const zoom = document.querySelector('[data-net-zoom]');
const map = document.querySelector('.ts-net__map');
if (zoom instanceof HTMLElement && map instanceof SVGSVGElement) {
  const whole = Number(map.getAttribute('width'));
  let factor = 1;
  zoom.hidden = false;
  const frame = map.parentElement;
  if (frame) frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
  zoom.addEventListener('click', (event) => {
    const by = event.target instanceof HTMLElement ? event.target.dataset.zoom : undefined;
    if (by === undefined) return;
    const room = map.parentElement ? map.parentElement.clientWidth - 16 : whole;
    factor = Number(by) ? Math.min(4, Math.max(0.2, factor * Number(by))) : Math.min(1, room / whole);
    map.style.width = `${Math.round(whole * factor)}px`;
  });
}
