import type { JsonObject } from '../../json-fields.ts';
import type { Guardrail } from '../../request/converse-request.ts';

/**
 * The trace of an intervention: a denied topic, as when nothing else is known about it. Undefined unless asked for.
 * @param modelOutput the model's text, which an intervention on the output includes
 */
export function guardrailTrace(
  { id, trace, version }: Guardrail,
  source: 'input' | 'output',
  modelOutput: string[],
): JsonObject | undefined {
  if (trace === 'disabled') return undefined;
  const assessment = {
    topicPolicy: { topics: [{ name: 'Scripted', type: 'DENY', action: 'BLOCKED', detected: true }] },
    appliedGuardrailDetails: { guardrailId: id, guardrailVersion: version },
    invocationMetrics: {
      guardrailProcessingLatency: 0,
      usage: {
        topicPolicyUnits: 1,
        contentPolicyUnits: 0,
        wordPolicyUnits: 0,
        sensitiveInformationPolicyUnits: 0,
        sensitiveInformationPolicyFreeUnits: 0,
        contextualGroundingPolicyUnits: 0,
      },
    },
  };
  return {
    guardrail: {
      ...(source === 'input' ? { inputAssessment: { [id]: assessment } } : {}),
      ...(source === 'output' ? { outputAssessments: { [id]: [assessment] }, modelOutput } : {}),
      actionReason: 'Guardrail blocked.',
    },
  };
}
