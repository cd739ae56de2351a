/** What happened in a case, as it travels: the replay's steps and the record. */

import type { Json, Labels, Named } from './types';

/** What a DMN evaluation left behind: each decision asked on the way, with the rows that matched. */
export interface Evaluation {
  value?: Json;
  decisions?: Array<{ name: string; value: Json; rules: Array<{ index: number }> }>;
  /** Why something came out as null, such as a table without a matching row. */
  warnings?: string[];
}

export interface ReplayEvent {
  type: string;
  key?: string | null;
  elementType?: string | null;
  elementId?: string | null;
  elementInstanceKey?: string | null;
  processInstanceKey?: string | null;
  scopeKey?: string | null;
  taken?: string[] | null;
  name?: string | null;
  value?: Json;
  message?: string | null;
  /** The number that was given, of `number_allocated`. */
  text?: string | null;
  opinion?: string | null;
  outcome?: string | null;
  /** The task that hangs on this one, of a signer or a mended start form. */
  boundTo?: string | null;
  decisionId?: string | null;
  evaluation?: Evaluation | null;
}

export interface ReplayStep {
  index: number;
  at: string;
  actor: Named | null;
  onBehalfOf: Named | null;
  command: string;
  type: string;
  events: ReplayEvent[];
}

export interface ReplayDiagram {
  key: string;
  xml: string;
}

export interface CalledDiagram extends ReplayDiagram {
  processInstanceKey: string;
  calledFrom: string;
}

export interface Replay {
  definition: ReplayDiagram;
  called: CalledDiagram[];
  steps: ReplayStep[];
  labels?: Labels;
}

export interface RecordItem {
  at: string;
  actor: Named | null;
  onBehalfOf?: Named | null;
  action: string;
  elementId: string | null;
  elementName: string | null;
  opinion: string | null;
  outcome: string | null;
  durationSeconds: number | null;
  dueAt: string | null;
  changes: Array<{ name: string; label?: string | null; old: Json; new: Json }>;
}
