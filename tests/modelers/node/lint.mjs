// Lints the diagrams named on the command line; prints every finding as JSON lines and says nothing where there is none.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';
import Linter from 'bpmnlint/lib/linter.js';
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js';

const zeebe = createRequire(import.meta.url)('zeebe-bpmn-moddle/resources/zeebe.json');
// Rules remember what they saw: a linter serves one file.
const newLinter = () => new Linter({
  config: {
    extends: ['bpmnlint:correctness', 'bpmnlint:recommended'],
    // The duty list has branches that go side by side as the matter requires (drawing rule 17).
    rules: { 'no-inclusive-gateway': 'off' },
  },
  resolver: new NodeResolver(),
});

for (const file of process.argv.slice(2)) {
  const { rootElement, warnings } = await new BpmnModdle({ zeebe }).fromXML(await readFile(file, 'utf8'));
  for (const warning of warnings) console.log(JSON.stringify({ file, rule: 'import', message: warning.message }));
  for (const [rule, reports] of Object.entries(await newLinter().lint(rootElement))) {
    for (const report of reports) console.log(JSON.stringify({ file, rule, ...report }));
  }
}
