/** Minutes between two passes of the reconciler. */
export const passMinutes = 5;

/** After so many without a pass, the alarm fires and the health screen warns: one that is late is not missing. */
export const missingPassMinutes = 3 * passMinutes;
