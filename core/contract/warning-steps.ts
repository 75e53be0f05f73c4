/** Shares of a limit in dollars, in percent, at which who wants it is warned by mail. */
export const warningSteps = [80, 90, 100] as const;

export const warningStepWords = `${warningSteps.slice(0, -1).join(', ')} and ${warningSteps.at(-1)}%`;
