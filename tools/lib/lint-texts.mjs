// Lints texts as if each were the given file; prints, as one line of JSON, the rules that each of them breaks.
import { ESLint } from 'eslint';

// Where CI is set the parser takes a file's first text from the disk, not the one it is given.
process.env.TSESTREE_SINGLE_RUN = 'false';
const eslint = new ESLint();
const broken = [];
for (const [filePath, text] of JSON.parse(process.argv[2])) {
  const [{ messages }] = await eslint.lintText(text, { filePath });
  broken.push(messages.map(({ ruleId, message }) => ruleId ?? message));
}
process.stdout.write(`\n${JSON.stringify(broken)}`);
