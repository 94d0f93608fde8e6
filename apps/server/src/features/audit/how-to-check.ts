export const EVIDENCE_FORMAT = 'orderwatch-evidence/1';

/** Goes into every file: whoever gets it has nothing else. */
export const HOW_TO_CHECK: readonly string[] = [
  'Each entry: hash = sha256(the bytes of prev, then this text as UTF-8): {"action":…,"actor":…,"at":…,"detail":…,"target":…}, as JSON without blanks, keys in this order, detail as the JSON string of the exact text given here.',
  'An entry whose hash does not come out was changed after it was written. Every entry names as prev the hash of the entry before it in the whole audit; entries of other matters stand between those listed here.',
  'chain.head is the newest entry of the last look at which the whole chain fitted. The server writes its id and hash to its log with every look, outside of the database: compare them there.',
  'facts.sha256 = sha256 of facts.frozen as JSON without blanks with the keys of every object sorted; each decision names the facts it was made on as factsSha256.',
  'evidence[].raw.checksum = sha256 of the exact bytes that the source sent, kept as the delivery of that number.',
  'The sha256 of this whole file stands in the audit as export.evidence, written before the file was handed out.',
];
