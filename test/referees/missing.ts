/** The machine lacks something: the referee is left out, which is no verdict. */
export class Missing extends Error {}
