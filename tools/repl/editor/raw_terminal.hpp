#pragma once
// A terminal that sends every key at once and without echo, for as long as this object lives.

#include <termios.h>

namespace coimap::tools {

class raw_terminal {
public:
    explicit raw_terminal(int descriptor) noexcept : descriptor_(descriptor) {
        if (::tcgetattr(descriptor, &before_) != 0)
            return;
        termios raw = before_;
        raw.c_iflag &= ~static_cast<tcflag_t>(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
        raw.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | IEXTEN | ISIG);
        raw.c_cc[VMIN] = 1;
        raw.c_cc[VTIME] = 0;
        changed_ = ::tcsetattr(descriptor, TCSADRAIN, &raw) == 0;
    }
    ~raw_terminal() {
        if (changed_)
            ::tcsetattr(descriptor_, TCSADRAIN, &before_);
    }
    raw_terminal(const raw_terminal&) = delete;
    raw_terminal& operator=(const raw_terminal&) = delete;

private:
    int descriptor_;
    termios before_{};
    bool changed_ = false;
};

} // namespace coimap::tools
