/** A page of a list, as a caller asks for it. */
export interface Page {
  limit: number;
  cursor?: string | undefined;
}
