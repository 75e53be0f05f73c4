// Before the first paint, so that a chosen theme never flashes the other one. web/shell/theme.ts writes the choice.
try {
  const theme = localStorage.getItem('daypass-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: follow the system.
}
