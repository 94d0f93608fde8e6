import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { barToBatch, isReciprocal, MOST_TOGETHER, PAIR_WINDOW, type Actor, type Money } from '@orderwatch/domain';
import { pairsOf, type Tx } from '@orderwatch/db';
import { DecideRemedy, type ExtraBar } from './decide-remedy.service.js';
import type { RemedyAnswer } from '../remedy-answer.js';

/** What was read of one remedy. */
export interface BatchItem {
  readonly remedyId: string;
  readonly revision: number;
  readonly amountMinor: number;
  readonly currency: string;
  readonly factsHash: string;
}

export interface BatchOutcome {
  readonly item: BatchItem;
  readonly answer: RemedyAnswer;
}

/** Approves what needs no thought, one after the other: each under its own lock, in its own transaction, by the single act's rules and by what is asked of a batch beside. */
@Injectable()
export class ApproveBatch {
  constructor(private readonly deciding: DecideRemedy) {}

  /** @returns why nothing was tried at all, or what came of each. */
  async run(items: readonly BatchItem[], typedCount: number, actor: Actor, mutationId: string): Promise<string | readonly BatchOutcome[]> {
    if (items.length === 0 || items.length > MOST_TOGETHER) return `1 to ${MOST_TOGETHER} are approved together.`;
    if (new Set(items.map((item) => item.remedyId)).size !== items.length) return 'One of them is named twice.';
    if (typedCount !== items.length) return `You typed ${typedCount}; ${items.length} are chosen.`;
    const done: BatchOutcome[] = [];
    for (const item of items) {
      const answer = await this.deciding.approve(item.remedyId, item, actor, actOf(mutationId, item.remedyId), this.barOf(item, actor));
      done.push({ item, answer });
    }
    return done;
  }

  private barOf(item: BatchItem, actor: Actor): ExtraBar {
    return async (tx, record, { policy, now }) => {
      if (item.factsHash !== record.remedy.factsHash || item.currency !== record.remedy.amount?.currency) return 'It is not what you read any more.';
      const bar = barToBatch(record.remedy, record.checks, actor, policy);
      if (bar) return bar;
      return (await isPair(tx, [record.remedy.proposedBy, actor.id], now, (counts) => isReciprocal(counts, policy))) ? 'You two approve only each other lately; decide on it by itself.' : undefined;
    };
  }
}

async function isPair(tx: Tx, [asker, reader]: readonly [string, string], now: number, judge: (counts: Parameters<typeof isReciprocal>[0]) => boolean): Promise<boolean> {
  const counts = (await pairsOf(tx, reader, [asker], now - PAIR_WINDOW)).get(asker);
  return counts !== undefined && judge(counts);
}

/** The act's id of one item: the same batch sent again does each once. */
function actOf(mutationId: string, remedyId: string): string {
  const hex = createHash('sha256').update(`${mutationId} ${remedyId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** What was approved, per currency. */
export function totalsOf(outcomes: readonly BatchOutcome[]): Money[] {
  const sums = new Map<string, number>();
  for (const { answer } of outcomes) {
    if (answer.kind !== 'done' || !answer.remedy.remedy.amount) continue;
    const { currency, minor } = answer.remedy.remedy.amount;
    sums.set(currency, (sums.get(currency) ?? 0) + minor);
  }
  return [...sums].map(([currency, minor]) => ({ currency, minor }));
}
