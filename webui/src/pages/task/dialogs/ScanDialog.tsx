import { useState } from 'preact/hooks';
import { signatures } from '../../../api/correspondence';
import { documents } from '../../../api/documents';
import { ActForm } from '../../../components/dialogs/ActForm';
import { Dialog } from '../../../components/dialogs/Dialog';
import { ScanField } from '../../../components/dialogs/ScanField';
import { useAct } from '../../../components/dialogs/useAct';
import type { TaskDialogProps } from './types';

/** 补交扫描件: the scan of the paper on which somebody signed. */
export function ScanDialog({ task, onClose, onDone }: TaskDialogProps) {
  const [file, setFile] = useState<File | null>(null);
  const act = useAct(['file']);
  const submit = async () => {
    const done = await act.run(
      async (key) => {
        if (!file) return;
        const stored = await documents.upload(file, { processInstanceKey: task.processInstanceKey }, `“${task.name}”签批扫描件`, `${key}-file`);
        await signatures.addScan(task.key, stored.documentId, key);
      },
      { file: file ? '' : '请选择扫描件。' },
    );
    if (done) onDone('扫描件已补交。', 'changed');
  };
  return (
    <Dialog title="补交扫描件" about={`${task.name} · ${task.caseTitle}`} onClose={onClose}>
      <ActForm act={act} submit="提交" onSubmit={() => void submit()} onClose={onClose}>
        <p class="muted">
          代录依据：{task.recorded?.evidence}
        </p>
        <ScanField label="扫描件" hint="PDF、OFD 或者图片" file={file} problem={act.problems.fields['file']} onChange={setFile} />
      </ActForm>
    </Dialog>
  );
}
