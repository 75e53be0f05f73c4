/** As typed. What is empty is left to the model. */
export interface SettingsDraft {
  /** '' until the user chooses one: the first model then. */
  model: string;
  system: string;
  temperature: string;
  maxTokens: string;
  topP: string;
  /** One on each line. */
  stop: string;
  effort: string;
  /** JSON. */
  schema: string;
  /** JSON: a list of OpenAI's tools. */
  tools: string;
}

export const freshSettings: SettingsDraft = {
  model: '',
  system: '',
  temperature: '',
  maxTokens: '',
  topP: '',
  stop: '',
  effort: '',
  schema: '',
  tools: '',
};

/** The fields that not every model takes, or that can be typed wrong. */
export type SettingsField = Exclude<keyof SettingsDraft, 'model' | 'system'>;
