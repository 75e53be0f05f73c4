import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { beforeModelMs, endingInTime, quickAttemptMs } from '../call-time.ts';
import { awsClientSettings, boundedHandler } from './aws-client.ts';
import type { Table } from './table.ts';

/** @param auditDays for functions that record events */
export function openTable(name: string, auditDays?: number): Table {
  const client = new DynamoDBClient({
    ...awsClientSettings,
    requestHandler: boundedHandler(quickAttemptMs),
  });
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return { ...tableOf(name, endingInTime(documents, beforeModelMs)), auditDays };
}

export function tableOf(name: string, documents: DynamoDBDocumentClient): Table {
  return {
    name,
    documents,
    items: {
      get: (input) => documents.send(new GetCommand(input)),
      batchGet: (input) => documents.send(new BatchGetCommand(input)),
      put: (input) => documents.send(new PutCommand(input)),
      update: (input) => documents.send(new UpdateCommand(input)),
      transactWrite: (input) => documents.send(new TransactWriteCommand(input)),
    },
  };
}
