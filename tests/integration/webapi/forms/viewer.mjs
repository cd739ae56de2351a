/**
 * Opens the form viewer with each vector and writes down what it would submit and what it objects to.
 * Bundled with the page's own copy of the viewer and run in a browser; see test_viewer_agrees.py.
 */
import { createForm } from '@bpmn-io/form-js-viewer';

const settle = async () => {
  for (let round = 0; round < 4; round += 1) await new Promise((resolve) => setTimeout(resolve, 60));
};

const textOf = (path) => path.reduce((text, part) => (/^\d+$/.test(String(part)) ? `${text}[${part}]` : text ? `${text}.${part}` : String(part)), '');
const at = (tree, path) => path.reduce((inner, part) => (inner === undefined || inner === null ? undefined : inner[part]), tree);

/** What is filled in lies over what the case has. */
function overlaid(below, above) {
  const result = { ...below };
  const plain = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
  for (const [name, value] of Object.entries(above)) {
    result[name] = plain(result[name]) && plain(value) ? overlaid(result[name], value) : value;
  }
  return result;
}

async function judge(vector) {
  const container = document.createElement('div');
  document.body.append(container);
  const form = await createForm({ container, schema: vector.schema, data: vector.context });
  await settle();
  form._setState({ data: form._getInitializedFieldData(overlaid(vector.context, vector.data)) });
  await settle();
  const { data, errors } = form.submit();
  const wrong = form
    .get('formFieldInstanceRegistry')
    .getAllKeyed()
    .filter(({ id, indexes }) => at(errors, [id, ...Object.values(indexes ?? {})]))
    .map(({ valuePath }) => textOf(valuePath));
  form.destroy();
  container.remove();
  return { submitted: JSON.parse(JSON.stringify(data)), wrong };
}

const verdicts = {};
for (const vector of window.VECTORS) {
  try {
    verdicts[vector.id] = await judge(vector);
  } catch (error) {
    verdicts[vector.id] = { failure: String(error) };
  }
}
const result = document.createElement('script');
result.type = 'application/json';
result.id = 'verdicts';
result.textContent = JSON.stringify(verdicts).replaceAll('<', '\\u003c');
document.body.replaceChildren(result);
