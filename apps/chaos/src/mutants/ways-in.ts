import { fast, slow } from './mutant.js';

const READ_BODY = 'apps/server/src/features/ingest/read-body.ts';
const WEBHOOKS = ['apps/server/src/features/ingest/webhook.routes.spec.ts'];
const BODIES = ['apps/server/src/features/ingest/read-body.spec.ts'];
const IDENTITIES = ['libs/connectors/src/identities.spec.ts'];
const VERIFIED = ['libs/connectors/src/contract.spec.ts', 'libs/connectors/src/hardening.spec.ts', ...IDENTITIES];
const MATRIX = ['apps/server/src/platform/auth/matrix.spec.ts'];
const AUTH = ['apps/server/src/platform/auth/auth.spec.ts'];
const SOCKETS = ['apps/server/src/platform/live/live-gateway.spec.ts'];
const ACTS = ['apps/server/src/features/exceptions/acts/case-acts.spec.ts'];

export const WAYS_IN = [
  ...fast('role matrix', [
    { id: 'a wrong feed signature passes', file: 'libs/connectors/src/events/verify.ts', find: 'if (given.some((signature) => sameBytes(signature, expected)))', replace: 'if (given.length > 0)', killedBy: VERIFIED },
    { id: 'an old timestamp passes', file: 'libs/connectors/src/events/verify.ts', find: ' || Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE)', replace: ')', killedBy: VERIFIED },
    { id: 'a timestamp of the future passes', file: 'libs/connectors/src/events/verify.ts', find: 'Math.abs(now / 1000 - Number(timestamp))', replace: '(now / 1000 - Number(timestamp))', killedBy: VERIFIED },
    { id: 'only the body of the feed is signed', file: 'libs/connectors/src/events/verify.ts', find: '.update(`${id}.${timestamp}.`)', replace: '', killedBy: VERIFIED },
    { id: 'an empty feed secret lets in', file: 'libs/connectors/src/events/verify.ts', find: 'return keys.filter((key) => key.length > 0);', replace: 'return keys;', killedBy: VERIFIED },
    { id: 'a wrong Shopify signature passes', file: 'libs/connectors/src/shopify/verify.ts', find: "if (!sameBytes(given, createHmac('sha256', key).update(delivery.body).digest())) continue;", replace: '', killedBy: VERIFIED },
    { id: 'an empty Shopify secret lets in', file: 'libs/connectors/src/shopify/verify.ts', find: "secret === '' ? [] : [secret]", replace: '[secret]', killedBy: VERIFIED },
    { id: 'a wrong EasyPost signature passes', file: 'libs/connectors/src/easypost/verify.ts', find: "if (sameBytes(given, createHmac('sha256', key).update(delivery.body).digest()))", replace: 'if (given.length === 32 && key)', killedBy: VERIFIED },
    { id: 'signatures are compared by their beginning', file: 'libs/connectors/src/ids.ts', find: 'a.length === b.length && timingSafeEqual(a, b)', replace: 'timingSafeEqual(Buffer.concat([a, Buffer.alloc(64)]).subarray(0, 1), Buffer.concat([b, Buffer.alloc(64)]).subarray(0, 1))', killedBy: VERIFIED },
    { id: 'forged headers name a Shopify delivery', file: 'libs/connectors/src/shopify/verify.ts', find: "sha256(`${topicOf(delivery) ?? ''}\\n${sha256(delivery.body)}`)", replace: "sha256(delivery.headers['x-shopify-webhook-id'] ?? '')", killedBy: VERIFIED },
  ]),
  ...slow('role matrix', [
    { id: 'the door does not care for signatures', file: 'apps/server/src/features/ingest/accept-webhook.ts', find: "if (!verdict.genuine) return", replace: 'if (false) return', killedBy: WEBHOOKS },
    { id: 'wrong signatures are not counted', file: 'apps/server/src/features/ingest/answer-delivery.ts', find: 'rejected.count(', replace: 'void (', killedBy: WEBHOOKS },
    { id: 'signatures are kept with the delivery', file: 'apps/server/src/features/ingest/accept-webhook.ts', find: 'value && (KEPT.has(name) ', replace: 'value && (name ', killedBy: WEBHOOKS },
    { id: 'no question before a resolver', file: 'apps/server/src/platform/auth/access.guard.ts', find: 'assertMayDo(principal, action);\n    } catch', replace: 'void action;\n    } catch', killedBy: MATRIX },
    { id: 'an action without a name is for everybody', file: 'libs/domain/src/access/matrix.ts', find: "if (!isAction(action)) return 'none';", replace: "if (!isAction(action)) return 'all';", killedBy: MATRIX },
    { id: 'a resolver without its action', file: 'apps/server/src/features/exceptions/acts/claims.resolver.ts', find: "@Allow('case.claim')", replace: "@Allow('case.read')", killedBy: MATRIX },
    { id: 'sockets join what they like', file: 'apps/server/src/platform/live/live-gateway.ts', find: 'return action !== undefined && mayDo(subjectOf(principal), action);', replace: 'return true;', killedBy: SOCKETS },
    { id: 'sockets outlive the session', file: 'apps/server/src/platform/live/live-gateway.ts', find: 'if (!principal || subjectOf(principal) !== subjectOf(socket.data.principal)) socket.disconnect(true);', replace: '', killedBy: SOCKETS },
    { id: 'another site may post', file: 'apps/server/src/platform/auth/request-access.ts', find: "throw forbidden('The request came from another site.');", replace: 'void 0;', killedBy: AUTH },
    { id: 'an agent acts on a case that another has', file: 'libs/domain/src/exceptions/case-result.ts', find: "if (actor.grant === 'own' && heldByOther(c, actor, now)) return", replace: 'if (false) return', killedBy: ['libs/domain/src/exceptions/case-commands.spec.ts'] },
  ]),
  ...fast('accepted survives', [
    { id: 'inflation without a limit', file: READ_BODY, find: 'if (size <= BODY_LIMIT) {\n        chunks.push(chunk);', replace: 'if (size >= 0) {\n        chunks.push(chunk);', killedBy: BODIES },
    { id: 'plain bodies without a limit', file: READ_BODY, find: '(size > BODY_LIMIT ? reject(tooLarge()) : resolve(', replace: '(size < 0 ? reject(tooLarge()) : resolve(', killedBy: BODIES },
    { id: 'a body that broke off passes', file: READ_BODY, find: "reject(new BodyRefused(400, 'The body broke off.'))", replace: 'resolve(Buffer.concat(chunks))', killedBy: BODIES },
    { id: 'a cut packed body passes', file: READ_BODY, find: "inflater.on('error', () => reject(new BodyRefused(400, 'The body cannot be inflated with the encoding it names.')));", replace: "inflater.on('error', () => resolve(Buffer.concat(chunks)));", killedBy: BODIES },
    { id: 'an endless body is read for ever', file: READ_BODY, find: 'if (size <= DRAIN_LIMIT) return;', replace: 'if (size >= 0) return;', killedBy: BODIES },
  ]),
  ...fast('once', [
    { id: 'an event is known by its id alone', file: 'libs/connectors/src/events/split.ts', find: 'JSON.stringify([checked.event.source, checked.event.id])', replace: 'checked.event.id', killedBy: IDENTITIES },
    { id: 'a fact has another id in later payloads', file: 'libs/connectors/src/easypost/map.ts', find: "factId('easypost', handle, at, code, entry.message ?? null, place)", replace: "factId('easypost', handle, at, code, entry.message ?? null, place, tracker.updated_at ?? null)", killedBy: ['libs/connectors/src/maps.spec.ts', 'libs/connectors/src/hardening.spec.ts'] },
    { id: 'a fact has the id of its content only', file: 'libs/connectors/src/easypost/map.ts', find: "factId('easypost', handle, at, code,", replace: "factId('easypost', handle, code,", killedBy: IDENTITIES },
  ]),
  ...fast('nothing dropped', [
    { id: 'a batch stops at its first mistake', file: 'libs/connectors/src/events/split.ts', find: "if (!Array.isArray(read.value)) return [itemOf(read.value, 0, body, isPlain)];", replace: "if (!Array.isArray(read.value)) return [itemOf(read.value, 0, body, isPlain)];\n  read.value.splice(1);", killedBy: ['libs/connectors/src/maps.spec.ts'] },
    { id: 'numbers pass through a float', file: 'libs/connectors/src/json.ts', find: '!LOSSY_NUMBER.test(text)', replace: 'true', killedBy: ['libs/connectors/src/maps.spec.ts'] },
    { id: 'depth without a limit', file: 'libs/connectors/src/json.ts', find: 'if (depth > DEEPEST) throw new TooDeep();', replace: '', killedBy: IDENTITIES },
    { id: 'an unread EasyPost body is thrown', file: 'libs/connectors/src/easypost/map.ts', find: "if (!read.ok) return { outcome: 'dead', cause: 'not_json', detail: read.error };", replace: 'if (!read.ok) throw new Error(read.error);', killedBy: ['libs/connectors/src/contract.spec.ts'] },
  ]),
  ...slow('history', [
    { id: 'an act of a person leaves no entry', file: 'apps/server/src/features/exceptions/acts/case-act.service.ts', find: 'await this.store.writeHistory(tx, {', replace: 'void ({', killedBy: ACTS },
    { id: 'an act is done as often as it is sent (cases)', file: 'apps/server/src/features/exceptions/acts/case-act.service.ts', find: '(await this.store.hasActed(tx, act.orderId, mutationId)) ?', replace: 'false ?', killedBy: ACTS },
    { id: 'an act upon an older version', file: 'apps/server/src/features/exceptions/acts/case-act.service.ts', find: 'if (act.expectedVersion !== null && act.expectedVersion !== record.version)', replace: 'if (false)', killedBy: ACTS },
  ]),
];
