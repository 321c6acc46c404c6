for (const button of document.querySelectorAll("[data-lyceum-print]")) {
  button.addEventListener("click", () => window.print());
}
