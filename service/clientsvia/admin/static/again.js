// Looks again by itself where a page says that something is still being read.
const WAIT = 1500;

const link = document.querySelector("[data-again]");
if (link) setTimeout(() => location.replace(link.href), WAIT);
