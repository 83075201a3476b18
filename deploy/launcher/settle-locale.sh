# Sourced. settle_locale: the names of files are bytes, and Java can only take all that are UTF-8 as
# arguments, and print them, when the locale's charset is UTF-8. It asks the locale alone, no option
# of its own goes before it. Where the charset is another, as without any locale, one with UTF-8 is
# put in its place; where there is none the locale stays.

charset_is_utf8() { # $1 = a locale
  case "$(LC_ALL=$1 locale charmap 2>/dev/null)" in
    UTF-8 | utf-8 | utf8 | UTF8) return 0 ;;
    *) return 1 ;;
  esac
}

settle_locale() {
  if ! command -v locale >/dev/null 2>&1; then
    # Nobody to ask, as in small images: C.UTF-8 is in glibc from 2.35 on, and musl takes any name.
    case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
      *.UTF-8 | *.utf8 | *.UTF8 | *.utf-8) ;;
      *) export LC_ALL=C.UTF-8 ;;
    esac
    return 0
  fi
  case "$(locale charmap 2>/dev/null)" in
    UTF-8 | utf-8 | utf8 | UTF8) return 0 ;;
  esac
  for candidate in C.UTF-8 C.utf8 en_US.UTF-8 POSIX.UTF-8 $(locale -a 2>/dev/null | grep -i '\.utf-\{0,1\}8$' | head -n 1); do
    if charset_is_utf8 "$candidate"; then
      export LC_ALL="$candidate"
      return 0
    fi
  done
  return 0
}
