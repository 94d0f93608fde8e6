import { dirname, resolve } from 'node:path';

const FEATURE = /^(.*\/apps\/[^/]+\/src\/features)\/([^/]+)\//;

/**
 * A feature folder may not import another one: it asks through a read model (server) or a query of its own (web).
 * @type {import('eslint').Rule.RuleModule}
 */
export const featureFolders = {
  meta: { type: 'problem', schema: [], messages: { foreign: 'The feature "{{from}}" may not import the feature "{{to}}".' } },
  create(context) {
    const own = FEATURE.exec(context.filename);
    if (!own) return {};
    const check = (source) => {
      if (typeof source?.value !== 'string' || !source.value.startsWith('.')) return;
      const other = FEATURE.exec(`${resolve(dirname(context.filename), source.value)}/`);
      if (other && other[1] === own[1] && other[2] !== own[2]) {
        context.report({ node: source, messageId: 'foreign', data: { from: own[2], to: other[2] } });
      }
    };
    const checkSource = (node) => check(node.source);
    return { ImportDeclaration: checkSource, ExportNamedDeclaration: checkSource, ExportAllDeclaration: checkSource, ImportExpression: checkSource };
  },
};
