/**
 * The menu's words. The page's own are in renderer/i18n; these are main's because the menu is there before any page.
 */
export const menuText = {
  file: { en: 'File', ko: '파일' },
  export: { en: 'Export Incident…', ko: '인시던트 내보내기…' },
  quit: { en: 'Quit Spillway', ko: 'Spillway 종료' },
  edit: { en: 'Edit', ko: '편집' },
  view: { en: 'View', ko: '보기' },
  language: { en: 'Language', ko: '언어' },
  theme: { en: 'Theme', ko: '테마' },
  themeSystem: { en: 'Follow the System', ko: '시스템 설정 따르기' },
  themeLight: { en: 'Light', ko: '밝게' },
  themeDark: { en: 'Dark', ko: '어둡게' },
  themeContrast: { en: 'High Contrast', ko: '고대비' },
  reload: { en: 'Reload', ko: '새로 고침' },
  help: { en: 'Help', ko: '도움말' },
  diagnostics: { en: 'Copy Diagnostics', ko: '진단 정보 복사' },
  diagnosticsCopied: {
    en: 'The diagnostics are on the clipboard. Secrets were taken out; read the text before you send it.',
    ko: '진단 정보를 클립보드에 복사했습니다. 비밀 정보는 뺐지만, 보내기 전에 내용을 읽어 보세요.',
  },
} as const satisfies Record<string, { readonly en: string; readonly ko: string }>;
