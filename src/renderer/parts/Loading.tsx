/** Something is on its way; appears only when it takes long enough to wonder (UX-70). */
import { useEffect, useState } from 'react';
import { useWords } from '../data/context.ts';

const quietMs = 300;

export function Loading({ what }: { what?: string }) {
  const { t } = useWords();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), quietMs);
    return () => window.clearTimeout(timer);
  }, []);
  if (!late) return <div aria-busy="true" />;
  return (
    <div className="loading" role="status">
      {what ?? t('common.loading')}
    </div>
  );
}
