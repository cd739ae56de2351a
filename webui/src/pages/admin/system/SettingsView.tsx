import { useState } from 'preact/hooks';
import { operations, type Setting } from '../../../api/operations';
import { organisation } from '../../../api/organisation';
import { useAct } from '../../../components/dialogs/useAct';
import { Loaded } from '../../../components/Loaded';
import { useLoading } from '../../../state/loading';
import { showDone } from '../../../state/notices';
import { decidesOnRights } from '../accounts/directory';
import { choiceWords, readValue, settingGroups, valueWords } from './settingGroups';

interface EditorProps {
  setting: Setting;
  onClose: () => void;
  onDone: () => void;
}

function Input({ setting, id, text, wrong, onInput }: {
  setting: Setting;
  id: string;
  text: string;
  wrong: boolean;
  onInput: (text: string) => void;
}) {
  const shared = { id, class: 'input setting-input', value: text, 'aria-invalid': wrong };
  const choices = typeof setting.default === 'boolean' ? ['true', 'false'] : setting.choices;
  if (choices.length) {
    return (
      <select {...shared} onChange={(event) => onInput(event.currentTarget.value)}>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice === 'true' ? '是' : choice === 'false' ? '否' : choiceWords(choice)}
          </option>
        ))}
      </select>
    );
  }
  const number = typeof setting.default === 'number';
  return (
    <input
      {...shared}
      type={setting.secret ? 'password' : 'text'}
      inputMode={number ? 'numeric' : 'text'}
      autocomplete={setting.secret ? 'new-password' : 'off'}
      maxLength={500}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  );
}

function Editor({ setting, onClose, onDone }: EditorProps) {
  const [text, setText] = useState(setting.secret ? '' : String(setting.value));
  const act = useAct(['value']);
  const problem = act.problems.fields['value'] ?? act.problems.rest;
  const id = `setting-${setting.name}`;
  const save = async (event: Event) => {
    event.preventDefault();
    const read = readValue(setting, text);
    const wrong = 'problem' in read ? { value: read.problem } : {};
    const done = await act.run(async (key) => {
      if ('value' in read) await operations.changeSetting(setting.name, read.value, key);
    }, wrong);
    if (done) onDone();
  };
  return (
    <form class="setting-editor" noValidate onSubmit={(event) => void save(event)}>
      <label class="visually-hidden" for={id}>
        {setting.label}
      </label>
      <Input setting={setting} id={id} text={text} wrong={Boolean(problem)} onInput={setText} />
      <button type="submit" class="button button-small button-primary" disabled={act.busy}>
        保存
      </button>
      <button type="button" class="button button-small" onClick={onClose}>
        取消
      </button>
      {problem && (
        <p class="dialog-error" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

function Row({ setting, mayChange, onChanged }: { setting: Setting; mayChange: boolean; onChanged: () => void }) {
  const [editing, setEditing] = useState(false);
  const usual = setting.value === setting.default;
  return (
    <tr>
      <td data-label="设置" class="cell-main">
        {setting.label}
        <span class="muted cell-sub cell-code">{setting.name}</span>
      </td>
      <td data-label="现值">
        {editing ? (
          <Editor
            setting={setting}
            onClose={() => setEditing(false)}
            onDone={() => {
              setEditing(false);
              showDone(`“${setting.label}”已更改。`);
              onChanged();
            }}
          />
        ) : (
          <>
            <b>{valueWords(setting, setting.value)}</b> {!usual && <span class="tag tag-accent">已调整</span>}
          </>
        )}
      </td>
      <td data-label="默认" class="muted">
        {valueWords(setting, setting.default)}
      </td>
      {mayChange && (
        <td data-label="操作">
          {!editing && (
            <button
              type="button"
              class="button button-small"
              aria-label={`更改${setting.label}`}
              onClick={() => setEditing(true)}
            >
              更改
            </button>
          )}
        </td>
      )}
    </tr>
  );
}

async function load() {
  const [settings, roles] = await Promise.all([operations.settings(), organisation.roles()]);
  return { settings: settings.items, mayChange: decidesOnRights(roles.items) };
}

/** 参数设置: the installation's policies with their labels; the security administrator changes them. */
export function SettingsView() {
  const loading = useLoading(load, []);
  return (
    <>
      <div class="page-head">
        <h1>参数设置</h1>
      </div>
      <Loaded of={loading}>
        {({ settings, mayChange }) => (
          <>
            <p class="page-lead">
              默认值按网络安全等级保护三级要求（GB/T 22239-2019）。{!mayChange && '由安全管理员更改。'}
            </p>
            {settingGroups(settings).map((group) => (
              <section key={group.words} class="section">
                <h2>{group.words}</h2>
                <div class="table-frame">
                  <table class="table settings-table">
                    <thead>
                      <tr>
                        <th>设置</th>
                        <th>现值</th>
                        <th>默认</th>
                        {mayChange && <th>操作</th>}
                      </tr>
                    </thead>
                    <tbody>
                      {group.items.map((setting) => (
                        <Row key={setting.name} setting={setting} mayChange={mayChange} onChanged={loading.reload} />
                      ))}
                    </tbody>
                  </table>
                </div>
              </section>
            ))}
          </>
        )}
      </Loaded>
    </>
  );
}
