/** Each tells whether a reload would lose something that the user has not left. */
const holds = new Set<() => boolean>();

export function holdReload(wouldLose: () => boolean): void {
  holds.add(wouldLose);
}

/** Reloads, unless something would be lost: then it is the user's to decide. */
export function reloadIfNothingIsLost(): void {
  if (![...holds].some((wouldLose) => wouldLose())) window.location.reload();
}
