import { failedConstraint, refusedByModel } from '../errors.ts';
import type { CheckedRequest } from './checked-request.ts';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InferenceConfiguration.html */
const sequencesLimit = 2500;

export function validateStopSequences({
  inference,
  traits,
}: Pick<CheckedRequest, 'inference' | 'traits'>): void {
  const path = 'inferenceConfig.stopSequences';
  const sequences = inference.stopSequences;
  if (sequences.length > sequencesLimit) {
    throw failedConstraint(
      path,
      `[${sequences.length} items]`,
      `Member must have length less than or equal to ${sequencesLimit}`,
    );
  }
  const empty = sequences.indexOf('');
  if (empty !== -1) {
    throw failedConstraint(`${path}.${empty}`, '', 'Member must have length greater than or equal to 1');
  }
  if (traits.family === 'claude' && sequences.some((sequence) => sequence.trim() === '')) {
    throw refusedByModel('stop_sequences: each stop sequence must contain non-whitespace');
  }
}
