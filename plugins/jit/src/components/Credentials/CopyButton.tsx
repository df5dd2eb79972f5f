import Button from '@material-ui/core/Button';
import CheckIcon from '@material-ui/icons/Check';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import { useEffect, useState } from 'react';
import { useTranslate } from '../../translation';

const SAID_FOR_MS = 3_000;

interface CopyButtonProps {
  text: string;
  /** What is copied. */
  title: string;
  /** Called when the browser does not let us: selects it for the reader. */
  onRefused: () => void;
}

export const CopyButton = ({ text, title, onRefused }: CopyButtonProps) => {
  const t = useTranslate();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const timer = copied && setTimeout(() => setCopied(false), SAID_FOR_MS);
    return () => clearTimeout(timer || undefined);
  }, [copied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      onRefused();
    }
  };

  return (
    <Button
      size="small"
      variant="contained"
      color="primary"
      startIcon={copied ? <CheckIcon /> : <CopyIcon />}
      aria-label={
        copied ? t('credentials.copied') : t('credentials.copyOf', { title })
      }
      onClick={copy}
    >
      <span aria-live="polite">
        {copied ? t('credentials.copied') : t('credentials.copy')}
      </span>
    </Button>
  );
};
