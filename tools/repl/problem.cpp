// What went wrong, and what that means for the exit status.

#include "common/exit_status.hpp"
#include "repl/reporter.hpp"

#include "coimap/core/printable.hpp"

#include <asio/error.hpp>

namespace coimap::tools {
namespace {

struct meaning {
    std::string_view kind;
    exit_status status;
};

meaning meaning_of(const error& problem) noexcept {
    if (is_cancelled(problem.code()))
        return {"cancelled", exit_status::interrupted};
    if (problem.code() == errc::certificate_rejected || problem.code() == errc::tls_required)
        return {"tls", exit_status::permission};
    if (problem.code() == errc::unusable_file)
        return {"file", exit_status::input_output};
    switch (problem.kind()) {
    case error_kind::refused:
        return {"refused", exit_status::refused};
    case error_kind::protocol:
        return {"protocol", exit_status::protocol};
    case error_kind::limit:
        return {"limit", exit_status::protocol};
    case error_kind::tls:
        return {"tls", exit_status::protocol};
    case error_kind::authentication:
        return {"authentication", exit_status::permission};
    case error_kind::timeout:
        return {"timeout", exit_status::timeout};
    case error_kind::cancelled:
        return {"cancelled", exit_status::interrupted};
    case error_kind::closed:
        return {"closed", exit_status::unavailable};
    case error_kind::usage:
        return {"usage", exit_status::usage};
    case error_kind::data:
        return {"data", exit_status::usage};
    }
    return {"internal", exit_status::software};
}

std::string_view kind_of(exit_status status) noexcept {
    switch (status) {
    case exit_status::refused:
        return "refused";
    case exit_status::usage:
        return "usage";
    case exit_status::unavailable:
        return "closed";
    case exit_status::input_output:
        return "file";
    case exit_status::timeout:
        return "timeout";
    case exit_status::permission:
        return "authentication";
    default:
        return "internal";
    }
}

} // namespace

bool is_cancelled(const std::error_code& code) noexcept {
    return code == asio::error::operation_aborted || coimap::kind_of(code) == error_kind::cancelled;
}

problem problem_of(const std::exception_ptr& thrown) {
    problem found;
    try {
        std::rethrow_exception(thrown);
    } catch (const error& each) {
        const meaning what = meaning_of(each);
        found.status = number(what.status);
        found.kind = what.kind;
        found.text = is_cancelled(each.code()) ? "interrupted" : each.what();
        found.details = each.details();
        found.connection_usable = each.connection_usable();
    } catch (const failure& each) {
        found.status = number(each.status());
        found.kind = kind_of(each.status());
        found.text = printable(each.what());
    } catch (const std::system_error& each) {
        const error translated(each.code());
        const meaning what = meaning_of(translated);
        found.status = number(what.status);
        found.kind = what.kind;
        found.text = is_cancelled(each.code()) ? "interrupted" : printable(each.what());
        found.connection_usable = is_cancelled(each.code());
    } catch (const std::exception& each) {
        found.status = number(exit_status::software);
        found.kind = "internal";
        found.text = printable(each.what());
    }
    return found;
}

} // namespace coimap::tools
