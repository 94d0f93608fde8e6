// Lints texts as if each were the given file; prints, as one line of JSON, the rules that each of them breaks.
import { ESLint } from 'eslint';

const eslint = new ESLint();
const broken = [];
for (const [filePath, text] of JSON.parse(process.argv[2])) {
  const [{ messages }] = await eslint.lintText(text, { filePath });
  broken.push(messages.map(({ ruleId, message }) => ruleId ?? message));
}
process.stdout.write(`\n${JSON.stringify(broken)}`);
