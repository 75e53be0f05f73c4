import { refusedByModel } from '../../errors.ts';
import { isObject } from '../../json-fields.ts';
import type { ModelTraits } from '../../models/model-traits.ts';
import type { CheckedRequest } from '../checked-request.ts';

const levels: Readonly<Record<ModelTraits['thinking'], readonly string[]>> = {
  none: [],
  budget: [],
  both: ['low', 'medium', 'high', 'max'],
  adaptive: ['low', 'medium', 'high', 'xhigh', 'max'],
  'between-tools': ['low', 'medium', 'high', 'xhigh', 'max'],
  always: ['low', 'medium', 'high', 'xhigh', 'max'],
};

export function validateClaudeEffort({ additionalFields, output, traits }: CheckedRequest): void {
  const { effort } = output;
  if (traits.family !== 'claude' || effort === undefined) return;
  const supported = levels[traits.thinking];
  if (supported.length === 0) throw refusedByModel('This model does not support the effort parameter.');
  if (!supported.includes(effort)) {
    throw refusedByModel(
      `This model does not support effort level '${effort}'. Supported levels: ${supported.toSorted().join(', ')}.`,
    );
  }
  const { thinking } = additionalFields;
  const isOff = isObject(thinking) && (thinking.type === 'disabled' || thinking.type === 'between_tools');
  if (isOff && (effort === 'xhigh' || effort === 'max')) {
    throw refusedByModel(`The effort level '${effort}' needs thinking, which is turned off.`);
  }
}
