import { useState } from 'preact/hooks';
import { supervision } from '../../api/supervision';
import { ActForm } from '../../components/dialogs/ActForm';
import { Dialog } from '../../components/dialogs/Dialog';
import { required, TextField } from '../../components/dialogs/fields';
import { useAct } from '../../components/dialogs/useAct';
import { FileField } from '../../components/fields/FileField';

/** A new version of the register, from its file; mistakes are told all at once with their lines. */
export function PublishDialog({ onClose, onDone }: { onClose: () => void; onDone: (fresh: boolean) => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [source, setSource] = useState('');
  const act = useAct(['content', 'source']);
  const { fields } = act.problems;
  const submit = async () => {
    let fresh = false;
    const wrong = { content: file ? '' : '请选择文件。', source: required(source, '请写明依据或来源。') };
    const done = await act.run(async (key) => {
      const content = file ? await file.text() : '';
      fresh = (await supervision.publish(content, source.trim(), key)).new;
    }, wrong);
    if (done) onDone(fresh);
  };
  return (
    <Dialog title="发布控制登记册" onClose={onClose}>
      <ActForm act={act} submit="发布" onSubmit={() => void submit()} onClose={onClose}>
        <FileField
          label="登记册文件"
          accept=".yaml,.yml"
          hint="YAML 文件，格式同 organisation/controls.yaml。发布后立即生效，旧版本保留。"
          problem={fields['content']}
          onChange={setFile}
        />
        <TextField label="依据或来源" value={source} maxLength={300} problem={fields['source']} onChange={setSource} />
      </ActForm>
    </Dialog>
  );
}
