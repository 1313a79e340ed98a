import { Kbd, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';

const KEYS: readonly (readonly [string, string])[] = [
  ['?', 'Show these keys'],
  ['Esc', 'Close a dialog'],
  ['Tab', 'Next control'],
  ['← →', 'Move the chart, when it has the focus'],
  ['Alt + O', 'Open the order dialog'],
];

/** Opened by `?`. No key sends, closes or changes an order. */
export function KeysDialog() {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const field = (event.target as Element | null)?.closest('input, textarea, select');
      if (event.key === '?' && !field) {
        setOpened(true);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title="Keys">
      <dl className="facts">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
