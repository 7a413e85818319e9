/** Changes the tongue in one tap, each named in itself. */
import { useApp } from './app';

export function LangSwitch() {
  const { settings } = useApp();
  const other = settings.lang.value === 'zh' ? 'en' : 'zh';
  const change = (): void => {
    settings.langChoice.value = other;
    settings.keep();
  };
  return <button class="btn bare" type="button" lang={other === 'en' ? 'en' : 'zh-CN'} onClick={change}>{other === 'en' ? 'English' : '中文'}</button>;
}
