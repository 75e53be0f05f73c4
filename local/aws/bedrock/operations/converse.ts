import type { AwsResponse } from '../../service.ts';
import type { ModelCall, Responder } from '../responders/responder.ts';
import { jsonAnswer } from './json-answer.ts';

export const converse = async (responder: Responder, call: ModelCall): Promise<AwsResponse> =>
  jsonAnswer(await responder.converse(call));
