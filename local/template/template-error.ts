/** A template or assembly this runtime can't run, told so that its author knows what to change. */
export class TemplateError extends Error {
  /** @param path where in the template, for example `Resources.Api.Properties.Name` */
  constructor(path: string, message: string) {
    super(path === '' ? message : `${path}: ${message}`);
    this.name = 'TemplateError';
  }
}
