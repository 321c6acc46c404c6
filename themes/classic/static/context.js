// What every part of the page may need to know.

import { createContext, useContext } from "./vendor/preact.js";

export const AppContext = createContext(null);
/** `school`, `tree`, `me`, `setMe`, `language`, `address`, `query`, `go`; `preview`, the editor's token, in a preview. */
export const useApp = () => useContext(AppContext);
