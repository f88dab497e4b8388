#include "measure.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "clock.hpp"
#include "crowd.hpp"
#include "message.hpp"
#include "nuisances.hpp"
#include "progress.hpp"

namespace {

using minimeta::Duration;
using minimeta::milliseconds;
using minimeta::seconds;
using minimeta::Time;

class Run {
public:
    Run(const Options& options, ServerProcess& server) : options_(options), server_(server) {}

    Measured measure() {
        const auto empty = server_.resident_bytes();
        if (!join()) return std::move(measured_);
        if (const auto full = server_.resident_bytes(); empty && full)
            measured_.bytes_per_member =
                (static_cast<double>(*full) - static_cast<double>(*empty)) / static_cast<double>(options_.members());

        Nuisances nuisances;
        if (options_.deaf + options_.flooders != 0 && !bring(nuisances)) return std::move(measured_);

        // The first messages are not measured: buffers grow, and each speaker speaks for the first time.
        if (talk(warm_up_)) measure_the_rest();
        if (measured_.failure.empty()) listen_for_more();
        measured_.faults = ledger_.faults();
        return std::move(measured_);
    }

private:
    // Everybody is in once they have been told so. A few at a time, as they come in life; or those who are in would be
    // told of so many at once that the kernel's buffers overflow.
    bool join() {
        constexpr std::size_t at_a_time = 64;
        while (joined_ < options_.members()) {
            while (crowd_.size() < options_.members() && crowd_.size() < joined_ + at_a_time) {
                const std::size_t number = crowd_.size();
                if (const auto why = crowd_.connect(server_.port())) return fail("cannot connect to " + *why);
                crowd_.say(number, "name:" + (number < options_.speakers
                                                  ? Messages::name_of_speaker(number)
                                                  : Messages::name_of_receiver(number - options_.speakers)));
            }
            if (!listen()) return false;
            progress_.show("members who joined", joined_, options_.members());
        }
        return true;
    }

    bool bring(Nuisances& nuisances) {
        if (nuisances.start(options_.deaf, options_.flooders, server_.port())) return true;
        return fail("those who are a nuisance could not join");
    }

    void measure_the_rest() {
        const auto resident = server_.resident_bytes();
        const std::uint64_t delivered = ledger_.delivered(), receives = crowd_.receives();
        const auto cpu = server_.cpu_time();
        const Time begin = now();
        (void)talk(total_);
        measured_.elapsed = last_delivery_ - begin;
        measured_.deliveries = ledger_.delivered() - delivered;
        measured_.receives = crowd_.receives() - receives;
        if (const auto cpu_after = server_.cpu_time(); cpu && cpu_after) {
            measured_.server_cpu = {cpu_after->nanoseconds - cpu->nanoseconds};
        } else {
            measured_.server_cpu = server_.stop();
            measured_.server_cpu_of_life = true;
        }
        if (const auto after = server_.resident_bytes(); resident && after)
            measured_.bytes_gained = static_cast<double>(*after) - static_cast<double>(*resident);
        measured_.delays = ledger_.delays(warm_up_);
        std::sort(measured_.delays.begin(), measured_.delays.end());
    }

    // Says messages up to number `end`; true if all of them came to everybody. A window is counted in deliveries, so that
    // a member who is a little behind does not stop the others.
    bool talk(std::size_t end) {
        const std::uint64_t audience = ledger_.audience();
        const std::size_t begun_with = ledger_.said();
        const Time begin = last_delivery_ = now();
        // When the next message is due, if it is not the window alone that decides.
        const auto due = [&] {
            const auto each = options_.pace == 0 ? 0 : 1'000'000'000 / static_cast<std::int64_t>(options_.pace);
            return begin + Duration{each} * static_cast<std::int64_t>(ledger_.said() - begun_with);
        };
        while (ledger_.delivered() < end * audience) {
            while (ledger_.said() < end && due() <= now() &&
                   (ledger_.said() + 1) * audience <= ledger_.delivered() + options_.window * audience) {
                const auto number = static_cast<std::uint32_t>(ledger_.said());
                ledger_.say(now());
                crowd_.say(messages_.speaker(number), messages_.text(number));
            }
            if (!listen(ledger_.said() < end ? std::max(due() - now(), Duration{}) : longest_wait)) return false;
            if (now() - last_delivery_ > stall) return fail("nothing came for 3 seconds");
            progress_.show("deliveries", ledger_.delivered(), total_ * audience);
        }
        return true;
    }

    // Whatever should not have been sent may still be on its way.
    void listen_for_more() {
        const Time end = now() + milliseconds(50);
        while (now() < end && listen()) {
        }
    }

    bool listen(Duration patience = longest_wait) {
        const Time before = now();
        std::uint64_t receives = crowd_.receives();
        if (options_.pace == 0 || patience > longest_wait) patience = longest_wait;
        crowd_.listen(patience, [&](std::size_t member, std::string_view line) {
            // One look at the clock for all lines that came with one receive.
            if (std::exchange(receives, crowd_.receives()) != crowd_.receives()) came_at_ = now();
            hear(member, line);
        });
        if (before > deadline_) return fail("the time is over");
        if (crowd_.gone() == 0) return true;
        return fail(server_.ended().value_or("the server closed " + std::to_string(crowd_.gone()) + " connections"));
    }

    // The room's own words begin with "--", or "!" where somebody is refused; all else must be a message.
    void hear(std::size_t member, std::string_view line) {
        if (line.starts_with("-- ")) {
            if (line.starts_with("-- Welcome")) ++joined_;
            if (member == 0 && line.find(" is gone: ") != line.npos) ++measured_.closed;
        } else if (line.starts_with("! ")) {
            if (complaint_.empty()) complaint_ = line;
        } else if (const auto number = messages_.number_in(line)) {
            ledger_.deliver(member, *number, came_at_);
            last_delivery_ = came_at_;
        } else {
            ledger_.damaged();
        }
    }

    bool fail(std::string why) {
        measured_.failure = std::move(why) + (complaint_.empty() ? "" : "; the server said: " + complaint_);
        return false;
    }

    static constexpr Duration stall = seconds(3);
    static constexpr Duration longest_wait = milliseconds(20);

    const Options& options_;
    ServerProcess& server_;
    const std::size_t warm_up_ = std::max(options_.window, std::max<std::size_t>(options_.speakers, 20));
    const std::size_t total_ = warm_up_ + options_.messages;
    const Time deadline_ = now() + seconds(static_cast<std::int64_t>(options_.seconds));
    Messages messages_{options_.speakers, options_.bytes};
    Ledger ledger_{options_.receivers, options_.speakers, total_};
    Crowd crowd_;
    Progress progress_;
    std::size_t joined_ = 0;
    Time came_at_, last_delivery_;
    std::string complaint_;  // the first one
    Measured measured_;
};

}  // namespace

Measured measure(const Options& options, ServerProcess& server) { return Run(options, server).measure(); }
