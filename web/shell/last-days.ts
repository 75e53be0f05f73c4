interface Asked {
  queryKey: readonly unknown[];
}

/**
 * For a question about the last days, which are others after midnight (UTC): what was known yesterday stands until today's answer has
 * come. For another question nothing does.
 * @param question all that is asked but the days
 */
export const lastDays = (question: readonly unknown[], ...days: readonly (string | undefined)[]) => ({
  queryKey: [...question, ...days],
  placeholderData: <Data>(known: Data | undefined, asked: Asked | undefined) =>
    question.every((part, at) => asked?.queryKey[at] === part) ? known : undefined,
});
