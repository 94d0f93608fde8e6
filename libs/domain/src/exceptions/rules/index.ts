import type { Rule, RuleId } from '../rule.js';
import { addressProblem } from './address-problem.js';
import { cameBack } from './came-back.js';
import { cancelledAfterShipment } from './cancelled-after-shipment.js';
import { carrierException } from './carrier-exception.js';
import { customsHold } from './customs-hold.js';
import { damaged } from './damaged.js';
import { deliveredNotReceived } from './delivered-not-received.js';
import { deliveryAttemptFailed } from './delivery-attempt-failed.js';
import { lost } from './lost.js';
import { missingItem } from './missing-item.js';
import { noMovement } from './no-movement.js';
import { notPickedUp } from './not-picked-up.js';
import { partlyShipped } from './partly-shipped.js';
import { promiseMissed } from './promise-missed.js';
import { promiseSlipped } from './promise-slipped.js';
import { refused } from './refused.js';
import { returnedToSender } from './returned-to-sender.js';
import { unfulfilledLate } from './unfulfilled-late.js';
import { unmappedStatus } from './unmapped-status.js';

/** Every rule there is; among equal severities the earlier one leads a case. */
export const RULES: readonly Rule[] = [
  lost, damaged, deliveredNotReceived, missingItem,
  cameBack, returnedToSender, refused, addressProblem, cancelledAfterShipment, promiseMissed, partlyShipped,
  customsHold, deliveryAttemptFailed, noMovement, notPickedUp, unfulfilledLate, carrierException,
  promiseSlipped, unmappedStatus,
];

const BY_ID = new Map<string, Rule>(RULES.map((rule) => [rule.id, rule]));

/** The rule of that id. */
export function ruleOf(id: RuleId): Rule {
  const rule = BY_ID.get(id);
  if (!rule) throw new Error(`No rule '${id}'`);
  return rule;
}

/** Whether the text is the id of a rule that exists. */
export function isRuleId(text: string): text is RuleId {
  return BY_ID.has(text);
}
