/**
 * The stand-in for `electron` in a main process: what an app gets when it imports that name under this host.
 */
export { app } from './app.ts';
export { BrowserWindow } from './browserWindow.ts';
export { host as electronHost } from './host.ts';
export { ipcMain } from './ipcMain.ts';
export { Menu, MenuItem } from './menu.ts';
export { nativeTheme } from './nativeTheme.ts';
export { protocol } from './protocol.ts';
export { session } from './session.ts';
export { clipboard, dialog, Notification, powerMonitor, safeStorage, screen, shell, Tray } from './system.ts';
export { utilityProcess } from './utilityProcess.ts';
export { webContents } from './webContents.ts';
