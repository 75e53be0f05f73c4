/** What one check saw. Only `fix` stands in the way of a deployment. */
export interface Seen {
  mark: 'ok' | 'look' | 'fix' | '?';
  what: string;
  saw: string;
  /** What to do. */
  remedy?: string | undefined;
}

export const ok = (what: string, saw: string): Seen => ({ mark: 'ok', what, saw });
export const look = (what: string, saw: string, remedy: string): Seen => ({
  mark: 'look',
  what,
  saw,
  remedy,
});
export const fix = (what: string, saw: string, remedy: string): Seen => ({ mark: 'fix', what, saw, remedy });

/**
 * Runs a check that asks AWS. What these credentials may not see is no fault of the account: it is told as unknown.
 * @param action that the check needs, such as `ssm:GetParameter`
 */
export async function asked(what: string, action: string, check: () => Promise<Seen[]>): Promise<Seen[]> {
  try {
    return await check();
  } catch (error) {
    const { name, message } = error as Error;
    const isDenied = /AccessDenied|UnauthorizedOperation|NotAuthorized/.test(name);
    return [
      {
        mark: '?',
        what,
        saw: isDenied ? 'these credentials may not see it' : `${name}: ${message}`,
        remedy: isDenied ? `To have it checked, allow ${action}.` : undefined,
      },
    ];
  }
}
