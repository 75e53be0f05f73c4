import { ask } from '../../start-bedrock.ts';

/** A request whose message is a script. */
export const scripted = (script: object, after = '') => ask(`[[daypass: ${JSON.stringify(script)}]]${after}`);
